DROP INDEX `events_id`;--> statement-breakpoint
CREATE UNIQUE INDEX `events_of_customer` ON `events` (`customer_id`,`name`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `events_order` ON `events` (`id`) WHERE name = 'order';--> statement-breakpoint
CREATE INDEX `events_refund` ON `events` (`customer_id`) WHERE name = 'refund';--> statement-breakpoint
ALTER TABLE `enrollments` ADD `counts_until` integer;--> statement-breakpoint
CREATE INDEX `enrollments_counting` ON `enrollments` (`customer_id`,`counts_until`) WHERE counts_until is not null;--> statement-breakpoint
ALTER TABLE `goal_hits` ADD `customer_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `goal_hits` ADD `event_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `goal_hits_event` ON `goal_hits` (`customer_id`,`event_name`,`event_id`);--> statement-breakpoint
UPDATE `goal_hits` SET `customer_id` = coalesce((SELECT e.`customer_id` FROM `enrollments` e WHERE e.`id` = `goal_hits`.`enrollment_id`), '');--> statement-breakpoint
UPDATE `goal_hits` SET `event_name` = coalesce((SELECT e.`name` FROM `events` e WHERE e.`customer_id` = `goal_hits`.`customer_id` AND e.`id` = `goal_hits`.`event_id` ORDER BY e.`name` = 'order' DESC LIMIT 1), '');
