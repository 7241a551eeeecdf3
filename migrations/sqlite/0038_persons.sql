CREATE TABLE `aliases` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `aliases_customer` ON `aliases` (`customer_id`);--> statement-breakpoint
CREATE TABLE `duplicates` (
	`customer_id` text NOT NULL,
	`other_id` text NOT NULL,
	`kind` text NOT NULL,
	`hint` text NOT NULL,
	`why` text NOT NULL,
	`found_at` integer NOT NULL,
	`decision` text,
	`decided_at` integer,
	`decided_by` text,
	PRIMARY KEY(`customer_id`, `other_id`)
);
--> statement-breakpoint
CREATE INDEX `duplicates_other` ON `duplicates` (`other_id`);--> statement-breakpoint
CREATE INDEX `duplicates_open` ON `duplicates` (`found_at`) WHERE decision is null;--> statement-breakpoint
CREATE TABLE `identifiers` (
	`kind` text NOT NULL,
	`scope` text NOT NULL,
	`value` text NOT NULL,
	`customer_id` text NOT NULL,
	`verified` integer NOT NULL,
	`source` text NOT NULL,
	`first_seen` integer NOT NULL,
	`last_seen` integer NOT NULL,
	PRIMARY KEY(`kind`, `scope`, `value`)
);
--> statement-breakpoint
CREATE INDEX `identifiers_customer` ON `identifiers` (`customer_id`);--> statement-breakpoint
CREATE TABLE `merges` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`other_id` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	`moved` text NOT NULL,
	`kept` text,
	`undone_at` integer,
	`undone_by` text
);
--> statement-breakpoint
CREATE INDEX `merges_customer` ON `merges` (`customer_id`);--> statement-breakpoint
CREATE INDEX `merges_other` ON `merges` (`other_id`);--> statement-breakpoint
CREATE INDEX `merges_at` ON `merges` (`at`);--> statement-breakpoint
CREATE INDEX `merges_kept` ON `merges` (`at`) WHERE kept is not null;