-- New brands start with ceilings; one that has published without any keeps to that.
INSERT INTO `meta` (`key`, `value`) SELECT 'uncapped', 'true'
WHERE NOT EXISTS (SELECT 1 FROM `meta` WHERE `key` = 'brand')
  AND EXISTS (SELECT 1 FROM `versions`);
