import { AutoComplete, Button, Input } from 'antd'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { vocabularyAnswer } from '../../../shared/api/customers.ts'
import type { WhyAnswer } from '../../../shared/api/why.ts'
import { columnNames } from '../../../shared/conditions/customer.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useApiQuery } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { atHead } from '../../ui/sentence.ts'
import { nextRow, RemoveRow } from './AddedEvents.tsx'
import type { FieldChange } from './changes.ts'
import type { WhatIfFieldsProps } from './WhatIfFields.tsx'
import styles from './Why.module.css'

/** The fields that the journey asked for, with what they held then: by these a path is decided. */
function seenFields({ story }: WhyAnswer): ReadonlyMap<string, string> {
  const seen = new Map<string, string>()
  for (const { reason } of story)
    for (const one of Array.isArray(reason?.seen) ? reason.seen : []) {
      if (typeof one !== 'object' || one === null || Array.isArray(one)) continue
      const { kind, name, actual } = one
      if (kind === 'attribute' && typeof name === 'string')
        seen.set(name, actual === null || actual === undefined ? '' : String(actual))
    }
  return seen
}

/** Values of the customer's that are other ones. */
export function FieldChanges({ why, changes, onChange }: WhatIfFieldsProps) {
  const { t } = useTranslation('why')
  const { locale } = useLocale()
  const known = useApiQuery('/vocabulary', vocabularyAnswer, { staleTime: 300_000 }).data?.attributes ?? []
  const seen = useMemo(() => seenFields(why), [why])
  const { fields } = changes
  const put = (next: readonly FieldChange[]) => onChange({ ...changes, fields: next })
  const edit = (id: number, more: Partial<FieldChange>) =>
    put(fields.map((one) => (one.id === id ? { ...one, ...more } : one)))
  const names = [...new Set([...seen.keys(), ...columnNames, ...known.map(({ name }) => name)])]
  const options = names
    .filter((name) => name !== 'customer_id')
    .map((value) => ({ value, label: atHead(sayName(value, locale)) }))
  const fresh = [...seen].find(([name]) => !fields.some((one) => one.name === name))
  return (
    <>
      {fields.map(({ id, name, value }) => (
        <div key={id} className={styles.row}>
          <AutoComplete
            className={styles.grow ?? ''}
            value={name}
            options={options}
            placeholder={t('whatIf.attributeName')}
            aria-label={t('whatIf.attributeName')}
            onChange={(next: string) => edit(id, { name: next })}
          />
          <Input
            className={styles.grow ?? ''}
            value={value}
            placeholder={t('whatIf.attributeValue')}
            aria-label={t('whatIf.attributeValue')}
            data-testid="what-if-value"
            onChange={(event) => edit(id, { value: event.target.value })}
          />
          <RemoveRow onClick={() => put(fields.filter((one) => one.id !== id))} />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={13} />}
        data-testid="what-if-add-field"
        onClick={() => put([...fields, { id: nextRow(), name: fresh?.[0] ?? '', value: fresh?.[1] ?? '' }])}
      >
        {t('whatIf.addAttribute')}
      </Button>
    </>
  )
}
