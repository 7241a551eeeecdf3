import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AttributeEntry, type AttributeSave, attributeDeclared } from '../../../shared/api/attributes.ts'
import {
  type AttributeType,
  attributeTypes,
  type Format,
  formatNames,
  types,
} from '../../../shared/conditions/types/index.ts'
import { say } from '../../../shared/text.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './Fields.module.css'

/** Saves a choice; conditions and counts are asked for again, as they may answer otherwise now. */
function useDeclare(name: string) {
  const { t } = useTranslation('fields')
  const notice = useNotice()
  const { locale } = useLocale()
  const [busy, setBusy] = useState(false)
  const declare = async (save: AttributeSave) => {
    setBusy(true)
    try {
      const path = `/attributes/${encodeURIComponent(name)}`
      const { unreadable, journeys } = await api.put(path, attributeDeclared, save)
      notice.done(unreadable > 0 ? t('savedUnreadable', { name, count: unreadable }) : t('saved', { name }))
      if (journeys.length > 0)
        notice.warn(
          t('unfit', { name }),
          [...new Set(journeys.map((one) => `${say(one.name, locale)}: ${one.message[locale]}`))].join('\n'),
        )
    } catch (error) {
      notice.problem(error)
    } finally {
      await refresh()
      setBusy(false)
    }
  }
  return { busy, declare }
}

/** What a field holds, and how it is written where that has to be said. */
export function TypeSelect({ field: { name, type, format, builtIn, chosen } }: { field: AttributeEntry }) {
  const { t } = useTranslation('fields')
  const { locale } = useLocale()
  const { busy, declare } = useDeclare(name)
  if (builtIn) return <span className={styles.dim}>{type === null ? '–' : types[type].name[locale]}</span>
  const formats: readonly Format[] = type === null ? [] : types[type].formats
  return (
    <span className={styles.type}>
      <Select<AttributeType>
        size="small"
        className={styles.select ?? ''}
        loading={busy}
        value={type}
        aria-label={t('columns.type')}
        options={attributeTypes.map((one) => ({ value: one, label: types[one].name[locale] }))}
        onChange={(next) => void declare({ type: next, format: null })}
        data-testid={`type-${name}`}
      />
      {formats.length > 0 && type !== null ? (
        <Select<Format | ''>
          size="small"
          className={styles.select ?? ''}
          popupMatchSelectWidth={false}
          value={format ?? ''}
          aria-label={t('format')}
          options={[
            { value: '', label: t('anyFormat') },
            ...formats.map((one) => ({ value: one, label: formatNames[one][locale] })),
          ]}
          onChange={(next) => void declare({ type, format: next === '' ? null : next })}
        />
      ) : null}
      <span className={styles.note}>{t(chosen ? 'chosen' : 'proposed')}</span>
    </span>
  )
}
