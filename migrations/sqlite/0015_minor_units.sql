-- Amounts were counted in hundredths whatever the currency; the next step of opening counts those of another
-- currency than the first one in its own minor unit.
INSERT INTO `meta` (`key`, `value`) SELECT 'amounts-in-hundredths', 'true'
WHERE EXISTS (SELECT 1 FROM `meta` WHERE `key` = 'brand' AND json_extract(`value`, '$.currency') <> 'CNY');
