import { accountNode } from '../runtime/register';

export = accountNode('smtp2go-account');
