ALTER TABLE `asks` ADD `person_until` integer;--> statement-breakpoint
CREATE INDEX `asks_open` ON `asks` (`person_until`) WHERE person_until is not null and reply is null;--> statement-breakpoint
CREATE INDEX `asks_people` ON `asks` (`created_at`) WHERE person_until is not null;