ALTER TABLE `sessions` ADD `brand` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `staff` text;