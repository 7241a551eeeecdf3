ALTER TABLE `tasks` ADD `request` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `reply` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `cancelled_at` integer;--> statement-breakpoint
CREATE INDEX `tasks_by_hand` ON `tasks` (`customer_id`,`created_at`) WHERE enrollment_id = 0;--> statement-breakpoint
CREATE INDEX `tasks_by_hand_open` ON `tasks` (`until`) WHERE enrollment_id = 0 and reply is null and cancelled_at is null;