// The types of browser.cjs.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export declare function addStyles(context: BrowserContext, css: string): Promise<void>;
export declare const browserFlags: string[];
export declare const browserPath: string | undefined;
export declare function holdStill(context: BrowserContext): Promise<void>;
export declare function openN8nWindow(
	browser: Browser,
	client: { url: string; cookie: string },
	theme: 'light' | 'dark',
	options?: BrowserContextOptions,
): Promise<BrowserContext>;
export declare function openNodeRedEditor(page: Page, url: string, theme: 'light' | 'dark', id: string): Promise<void>;
export declare function startChromium(): Promise<Browser>;
