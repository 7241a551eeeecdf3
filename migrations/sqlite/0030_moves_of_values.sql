ALTER TABLE `moves` ADD `kind` text DEFAULT 'version' NOT NULL;--> statement-breakpoint
ALTER TABLE `moves` ADD `concerned` integer;--> statement-breakpoint
ALTER TABLE `moves` ADD `actor` text;--> statement-breakpoint
ALTER TABLE `moves` ADD `begun_at` integer;