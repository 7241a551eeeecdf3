CREATE TABLE `audience_sizes` (
	`audience` text NOT NULL,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	`size` integer NOT NULL,
	`joined` integer,
	`gone` integer,
	PRIMARY KEY(`audience`, `day`)
);
--> statement-breakpoint
CREATE TABLE `audience_stays` (
	`audience` text NOT NULL,
	`customer_id` text NOT NULL,
	`since` integer NOT NULL,
	`before` integer DEFAULT 0 NOT NULL,
	`until` integer,
	PRIMARY KEY(`audience`, `customer_id`, `since`)
);
--> statement-breakpoint
CREATE INDEX `audience_stays_customer` ON `audience_stays` (`customer_id`);--> statement-breakpoint
CREATE INDEX `audience_stays_since` ON `audience_stays` (`audience`,`since`);--> statement-breakpoint
CREATE INDEX `audience_stays_until` ON `audience_stays` (`audience`,`until`) WHERE until is not null;--> statement-breakpoint
ALTER TABLE `audiences` ADD `revision` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `audiences` ADD `frozen_at` integer;--> statement-breakpoint
ALTER TABLE `audiences` ADD `frozen_by` text;--> statement-breakpoint
ALTER TABLE `audiences` ADD `frozen_condition` text;