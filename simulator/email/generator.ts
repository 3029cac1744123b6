// Puts generated events into the log, all together or as time goes by, and hands them to webhooks.
import type { Deliverer } from '../hooks/deliverer';
import type { State } from '../state/state';
import type { Timers } from '../core/timers';
import { type Campaign, type CampaignPlan, type Happening, makeCampaign } from './campaign';

/** How generated events get where they are read. */
export interface Spreading {
	/** They happen from now on, so many a second. Undefined: all of them have happened already. */
	perSecond: number | undefined;
	/** Whether webhooks get them. */
	webhooks: boolean;
	/** Whether the email history counts them. */
	statistics: boolean;
}

/** How long the events of a stream gather, in milliseconds. */
const TICK_MS = 20;

/** Deliveries to webhooks that are begun together, and the milliseconds between two such groups. */
const GROUP = { size: 50, everyMs: 20 } as const;

/** Makes events and lets them happen. */
export class Generator {
	constructor(
		private readonly state: State,
		private readonly timers: Timers,
		private readonly deliverer: Deliverer,
	) {}

	/** Makes a campaign. Its events are in the log when this returns, or get there as time goes by. */
	generate(plan: CampaignPlan, { perSecond, webhooks, statistics }: Spreading): Campaign {
		const campaign = makeCampaign(plan);
		for (const email of campaign.emails) this.state.addGeneratedEmail(email, statistics);
		if (perSecond === undefined) this.add(campaign.happenings, webhooks);
		else this.stream(campaign.happenings, webhooks);
		return campaign;
	}

	private add(happenings: readonly Happening[], webhooks: boolean): void {
		this.state.addEvents(happenings);
		if (webhooks) this.publish(happenings, 0);
	}

	/** A group of deliveries now, the next one a moment later: a receiver is not to get all of them at once. */
	private publish(happenings: readonly Happening[], from: number): void {
		const next = from + GROUP.size;
		for (const { event } of happenings.slice(from, next)) this.deliverer.publish(event);
		if (next < happenings.length) this.timers.after(GROUP.everyMs, () => this.publish(happenings, next));
	}

	/** Lets events happen when their time has come. */
	private stream(happenings: readonly Happening[], webhooks: boolean): void {
		let next = 0;
		const tick = (): void => {
			const from = next;
			const now = Date.now();
			while ((happenings[next]?.at ?? Infinity) <= now) next++;
			if (next > from) this.add(happenings.slice(from, next), webhooks);
			if (next < happenings.length) this.timers.after(TICK_MS, tick);
		};
		tick();
	}
}
