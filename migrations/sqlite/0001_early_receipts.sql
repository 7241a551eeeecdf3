CREATE TABLE `early_receipts` (
	`name` text NOT NULL,
	`id` text NOT NULL,
	`provider_id` text NOT NULL,
	`channel` text,
	`customer_id` text,
	`at` integer NOT NULL,
	`properties` text NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`name`, `id`)
);
--> statement-breakpoint
CREATE INDEX `early_receipts_provider` ON `early_receipts` (`provider_id`);--> statement-breakpoint
CREATE INDEX `early_receipts_received` ON `early_receipts` (`received_at`);