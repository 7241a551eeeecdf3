DROP INDEX `coming_due`;--> statement-breakpoint
CREATE INDEX `coming_due` ON `coming` (`journey_id`,`due_at`,`noted_at`) WHERE due_at is not null;