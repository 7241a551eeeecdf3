DROP TABLE `unsubscribes`;--> statement-breakpoint
ALTER TABLE `customers` DROP COLUMN `blacklisted`;