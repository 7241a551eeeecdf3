import { Select } from 'antd'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { type FestivalId, festivals, localDate, nextFestival } from '../../shared/calendar/index.ts'
import { useLocale } from '../locales/useLocale.ts'
import styles from '../ui/fields/Field.module.css'
import { NumberInput } from '../ui/fields/inputs.tsx'
import { BrandFormat } from '../ui/zone.ts'
import { EditorContext } from './editor.ts'

/** The festivals come first in the list that shared/calendar keeps; the solar terms begin here. */
const firstTerm = festivals.findIndex(({ id }) => id === 'xiaohan')

/** Which festival or solar term; each tells its next date. */
export function FestivalSelect({
  value,
  onChange,
}: {
  value: FestivalId
  onChange: (value: FestivalId) => void
}) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const { zone } = useContext(BrandFormat)
  const now = useContext(EditorContext)?.now
  const option = ({ id, name }: (typeof festivals)[number]) => ({
    value: id,
    label: name[locale],
    words: `${name['zh-CN']} ${name.en}`.toLowerCase(),
  })
  const dateOf = (id: unknown) => {
    const festival = festivals.find((one) => one.id === id)
    return festival === undefined || now === undefined ? '' : nextFestival(festival.id, localDate(now, zone))
  }
  return (
    <Select
      className={styles.grow ?? ''}
      style={{ minWidth: 96 }}
      value={value}
      aria-label={t('fields.festival')}
      popupMatchSelectWidth={240}
      showSearch={{
        filterOption: (text, found) =>
          found !== undefined && 'words' in found && String(found.words).includes(text.toLowerCase()),
      }}
      options={[
        { label: t('fields.festivals'), options: festivals.slice(0, firstTerm).map(option) },
        { label: t('fields.terms'), options: festivals.slice(firstTerm).map(option) },
      ]}
      optionRender={(found) => (
        <span className={styles.head}>
          <span>{found.label}</span>
          <span className={styles.hint}>{dateOf(found.value)}</span>
        </span>
      )}
      onChange={onChange}
    />
  )
}

/** Days before (negative), on (0) or after (positive) a day that is named elsewhere. */
export function DaysFrom({
  value,
  onChange,
  max = 365,
}: {
  value: number
  onChange: (value: number) => void
  max?: number
}) {
  const { t } = useTranslation('nodes')
  const side = value === 0 ? 'on' : value < 0 ? 'before' : 'after'
  const count = Math.abs(value)
  const choose = (next: 'on' | 'before' | 'after') => {
    const days = count === 0 ? 1 : count
    onChange(next === 'on' ? 0 : next === 'before' ? -days : days)
  }
  return (
    <>
      <Select
        className={styles.choice ?? ''}
        popupMatchSelectWidth={false}
        value={side}
        aria-label={t('fields.side')}
        options={(['before', 'on', 'after'] as const).map((one) => ({
          value: one,
          label: t(`sides.${one}`),
        }))}
        onChange={choose}
      />
      {side === 'on' ? null : (
        <NumberInput
          value={count}
          min={1}
          max={max}
          suffix={t('units.day')}
          aria-label={t('fields.days')}
          onChange={(days) => onChange(side === 'before' ? -days : days)}
        />
      )}
    </>
  )
}
