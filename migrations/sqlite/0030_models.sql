CREATE TABLE `model_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`fitted` text NOT NULL,
	`report` text NOT NULL,
	`last_event` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `scores` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`scores` text NOT NULL,
	`reasons` text NOT NULL
);
