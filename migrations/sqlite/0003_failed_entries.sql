CREATE TABLE `failed_entries` (
	`journey_id` text NOT NULL,
	`node` text NOT NULL,
	`event_seq` integer NOT NULL,
	`customer_id` text NOT NULL,
	`attempts` integer NOT NULL,
	`error` text NOT NULL,
	`due_at` integer,
	PRIMARY KEY(`journey_id`, `node`, `event_seq`)
);
--> statement-breakpoint
CREATE INDEX `failed_entries_due` ON `failed_entries` (`due_at`) WHERE due_at is not null;