CREATE TABLE `coming` (
	`journey_id` text NOT NULL,
	`node` text NOT NULL,
	`customer_id` text NOT NULL,
	`cause` text NOT NULL,
	`shard` integer NOT NULL,
	`noted_at` integer NOT NULL,
	`due_at` integer,
	`event` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	PRIMARY KEY(`journey_id`, `node`, `customer_id`, `cause`)
);
--> statement-breakpoint
CREATE INDEX `coming_due` ON `coming` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `coming_stuck` ON `coming` (`journey_id`) WHERE due_at is null;--> statement-breakpoint
CREATE INDEX `coming_customer` ON `coming` (`customer_id`);--> statement-breakpoint
CREATE TABLE `followers` (
	`journey_id` text NOT NULL,
	`node` text NOT NULL,
	`version` integer NOT NULL,
	`follows` text NOT NULL,
	`moment` text NOT NULL,
	`endings` text NOT NULL,
	PRIMARY KEY(`journey_id`, `node`)
);
--> statement-breakpoint
CREATE TABLE `watch_members` (
	`journey_id` text NOT NULL,
	`node` text NOT NULL,
	`customer_id` text NOT NULL,
	`shard` integer NOT NULL,
	PRIMARY KEY(`journey_id`, `node`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `watch_members_customer` ON `watch_members` (`customer_id`);--> statement-breakpoint
CREATE TABLE `watches` (
	`journey_id` text NOT NULL,
	`node` text NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`definition` text,
	`looked_at` integer,
	`error` text,
	PRIMARY KEY(`journey_id`, `node`)
);
--> statement-breakpoint
ALTER TABLE `journeys` ADD `paused_at` integer;