DROP INDEX `audience_stays_since`;--> statement-breakpoint
CREATE INDEX `audience_stays_since` ON `audience_stays` (`audience`,`since`,`customer_id`);