CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`ends_at` integer NOT NULL
);
