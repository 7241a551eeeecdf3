CREATE TABLE `secrets` (
	`name` text NOT NULL,
	`key_id` text NOT NULL,
	`origin` text,
	`sealed` text,
	PRIMARY KEY(`name`, `key_id`)
);
