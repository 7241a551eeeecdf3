ALTER TABLE `tasks` ADD `told_at` integer;--> statement-breakpoint
UPDATE `tasks` SET `told_at` = `created_at` WHERE `staff` IS NOT NULL;
