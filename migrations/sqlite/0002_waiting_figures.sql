-- Who stands where becomes a running figure: it begins as counted now.
INSERT INTO `figures` (`journey_id`, `version`, `node`, `kind`, `count`)
SELECT `journey_id`, `version`, `state`, 'waiting', count(*) FROM `enrollments`
WHERE `ended_at` IS NULL GROUP BY `journey_id`, `version`, `state`;
