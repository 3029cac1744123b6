/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { triggerNode } from '../runtime/trigger';

export = triggerNode('smtp2go-trigger');
