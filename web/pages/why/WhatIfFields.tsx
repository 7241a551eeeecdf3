import { Segmented, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { customerAnswer } from '../../../shared/api/customers.ts'
import { versionList } from '../../../shared/api/journeys.ts'
import type { WhyAnswer } from '../../../shared/api/why.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useApiQuery } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { AddedEvents } from './AddedEvents.tsx'
import type { Changes } from './changes.ts'
import { FieldChanges } from './FieldChanges.tsx'
import { MomentInput } from './MomentInput.tsx'
import styles from './Why.module.css'

export interface WhatIfFieldsProps {
  readonly why: WhyAnswer
  readonly changes: Changes
  readonly onChange: (changes: Changes) => void
}

/** The circumstances that can be changed: the version, the time, the group, fields, tags and events. */
export function WhatIfFields(props: WhatIfFieldsProps) {
  const { t } = useTranslation('why')
  const { why, changes, onChange } = props
  const change = (more: Partial<Changes>) => onChange({ ...changes, ...more })
  const { control, at } = changes
  const { enteredAt } = why.enrollment
  return (
    <>
      <Labelled label={t('whatIf.attribute')}>
        <FieldChanges {...props} />
      </Labelled>
      <Labelled label={t('whatIf.tags')}>
        <Tags {...props} />
      </Labelled>
      <Labelled label={t('whatIf.events')}>
        <RemovedEvents {...props} />
        <AddedEvents {...props} />
      </Labelled>
      <Labelled label={t('whatIf.when')}>
        <MomentInput
          value={at ?? enteredAt}
          label={t('whatIf.when')}
          onChange={(moment) => change({ at: moment === enteredAt ? null : moment })}
        />
      </Labelled>
      <Labelled label={t('whatIf.version')}>
        <Version {...props} />
      </Labelled>
      <Labelled label={t('whatIf.control')}>
        <Segmented
          size="small"
          value={control === null ? 'own' : control ? 'on' : 'off'}
          onChange={(value) => change({ control: value === 'own' ? null : value === 'on' })}
          options={[
            { value: 'own', label: t('whatIf.controlOwn') },
            { value: 'on', label: t('whatIf.controlOn') },
            { value: 'off', label: t('whatIf.controlOff') },
          ]}
        />
      </Labelled>
    </>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <p className={styles.label}>{label}</p>
      {children}
    </div>
  )
}

const journeyPath = ({ enrollment }: WhyAnswer) => `/journeys/${encodeURIComponent(enrollment.journeyId)}`

function Version({ why, changes, onChange }: WhatIfFieldsProps) {
  const { t } = useTranslation('why')
  const versions = useApiQuery(`${journeyPath(why)}/versions`, versionList).data?.versions ?? []
  const own = why.enrollment.version
  const others = versions.filter(({ number }) => number !== own)
  return (
    <Select<number | 'draft'>
      className={styles.wide ?? ''}
      value={changes.version ?? own}
      aria-label={t('whatIf.version')}
      data-testid="what-if-version"
      onChange={(version) => onChange({ ...changes, version: version === own ? null : version })}
      options={[
        { value: own, label: t('whatIf.ownVersion', { version: own }) },
        ...others.map(({ number }) => ({
          value: number,
          label: t('whatIf.otherVersion', { version: number }),
        })),
        { value: 'draft' as const, label: t('whatIf.draft') },
      ]}
    />
  )
}

function Tags({ changes, onChange }: WhatIfFieldsProps) {
  const { t } = useTranslation('why')
  return (
    <div className={styles.pair}>
      <Select
        mode="tags"
        placeholder={t('whatIf.tagsAdd')}
        aria-label={t('whatIf.tagsAdd')}
        value={[...changes.tagsAdd]}
        onChange={(tagsAdd: string[]) => onChange({ ...changes, tagsAdd })}
      />
      <Select
        mode="tags"
        placeholder={t('whatIf.tagsRemove')}
        aria-label={t('whatIf.tagsRemove')}
        value={[...changes.tagsRemove]}
        onChange={(tagsRemove: string[]) => onChange({ ...changes, tagsRemove })}
      />
    </div>
  )
}

/** Orders that the customer made and would not have made. */
function RemovedEvents({ why, changes, onChange }: WhatIfFieldsProps) {
  const { t } = useTranslation('why')
  const { locale } = useLocale()
  const format = useFormat()
  const path = `/customers/${encodeURIComponent(why.enrollment.customerId)}`
  const orders = useApiQuery(path, customerAnswer).data?.orders ?? []
  const keyOf = ({ name, id }: { name: string; id: string }) => `${name} ${id}`
  const known = orders.map(({ id, at, amount }) => ({
    name: 'order',
    id,
    label: [
      atHead(sayName('order', locale)),
      format.time(at, 'short'),
      amount === null ? id : format.money(amount),
    ].join(' · '),
  }))
  if (known.length === 0) return null
  return (
    <Select
      className={styles.wide ?? ''}
      mode="multiple"
      placeholder={t('whatIf.eventRemove')}
      aria-label={t('whatIf.eventRemove')}
      value={changes.removed.map(keyOf)}
      onChange={(keys: string[]) =>
        onChange({
          ...changes,
          removed: known.filter((one) => keys.includes(keyOf(one))).map(({ name, id }) => ({ name, id })),
        })
      }
      options={known.map((one) => ({ value: keyOf(one), label: one.label }))}
    />
  )
}
