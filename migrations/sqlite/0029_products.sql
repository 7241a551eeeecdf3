CREATE TABLE `products` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text,
	`price` integer,
	`stock` integer,
	`category` text,
	`image` text,
	`link` text,
	`attributes` text DEFAULT '{}' NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `products_category` ON `products` (`category`);