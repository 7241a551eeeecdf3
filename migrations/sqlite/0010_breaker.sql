ALTER TABLE `journeys` ADD `breaker` text;--> statement-breakpoint
CREATE INDEX `messages_recipient` ON `messages` (`recipient`,`journey_id`);