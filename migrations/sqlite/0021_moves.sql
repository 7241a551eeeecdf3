CREATE TABLE `moves` (
	`id` integer PRIMARY KEY NOT NULL,
	`journey_id` text NOT NULL,
	`to_version` integer NOT NULL,
	`plan` text NOT NULL,
	`words_due` integer NOT NULL,
	`cursor` text,
	`moved` integer DEFAULT 0 NOT NULL,
	`left` integer DEFAULT 0 NOT NULL,
	`pass_from` integer DEFAULT 0 NOT NULL,
	`reworded` integer DEFAULT 0 NOT NULL,
	`planned_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `moves_open` ON `moves` (`journey_id`) WHERE done_at is null;