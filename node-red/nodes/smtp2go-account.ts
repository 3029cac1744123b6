import { accountNode } from '../runtime/account-node';

export = accountNode('smtp2go-account');
