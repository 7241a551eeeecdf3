ALTER TABLE `planned_events` ADD `task_id` integer;--> statement-breakpoint
CREATE INDEX `planned_events_task` ON `planned_events` (`task_id`) WHERE task_id is not null;