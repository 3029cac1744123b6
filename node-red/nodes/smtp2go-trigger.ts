import { triggerNode } from '../runtime/trigger';

export = triggerNode('smtp2go-trigger');
