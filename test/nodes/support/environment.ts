// What n8n's engine reads from the environment when it is loaded: imported before it.
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env['N8N_USER_FOLDER'] = mkdtempSync(join(tmpdir(), 'smtp2go-n8n-'));
process.env['N8N_ENCRYPTION_KEY'] = 'for tests only';
process.env['N8N_LOG_LEVEL'] = 'silent';
