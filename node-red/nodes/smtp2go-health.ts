/** The node set `smtp2go-health`, as Node-RED loads it. */
import { healthNode } from '../runtime/register';

export = healthNode('smtp2go-health');
