CREATE TABLE `channel_pauses` (
	`channel` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `delivery_counts` (
	`since` integer NOT NULL,
	`channel` text NOT NULL,
	`outcome` text NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	`examples` text,
	PRIMARY KEY(`since`, `channel`, `outcome`, `code`)
);
--> statement-breakpoint
CREATE TABLE `delivery_minutes` (
	`minute` integer NOT NULL,
	`channel` text NOT NULL,
	`sent` integer NOT NULL,
	PRIMARY KEY(`minute`, `channel`)
);
