/** The node set `smtp2go-outcome`, as Node-RED loads it. */
import { outcomeNode } from '../runtime/register';

export = outcomeNode('smtp2go-outcome');
