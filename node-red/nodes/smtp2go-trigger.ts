import { triggerNode } from '../runtime/register';

export = triggerNode('smtp2go-trigger');
