CREATE TABLE `leases` (
	`work` text NOT NULL,
	`worker` text NOT NULL,
	`shard_from` integer NOT NULL,
	`shard_to` integer NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`work`, `worker`, `shard_from`)
);
--> statement-breakpoint
ALTER TABLE `messages` ADD `claimed_by` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `claimed_until` integer;