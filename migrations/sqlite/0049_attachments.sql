ALTER TABLE `inbox` ADD `attachments` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `attachments` text;