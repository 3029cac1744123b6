/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { accountNode } from '../runtime/account-node';

export = accountNode('smtp2go-account');
