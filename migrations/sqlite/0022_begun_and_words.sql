ALTER TABLE `messages` ADD `begun` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `address_states` ADD `words` text;--> statement-breakpoint
ALTER TABLE `address_states` ADD `yes_at` integer;--> statement-breakpoint
ALTER TABLE `address_states` ADD `opened_at` integer;--> statement-breakpoint
CREATE INDEX `asks_held` ON `asks` (`enrollment_id`) WHERE reply is null and due_at is null;