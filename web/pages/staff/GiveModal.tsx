import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { audienceList } from '../../../shared/api/customers.ts'
import {
  type GivingPreview,
  type GivingWay,
  givingBegun,
  givingPreview,
  type StaffList,
  type StaffMember,
} from '../../../shared/api/staff.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './staff.module.css'

/** Whose customers are given away: of one of the staff, or of everybody. */
export interface Giving {
  readonly of: StaffMember | null
}

interface GiveProps {
  giving: Giving | null
  data: StaffList | null
  onClose: () => void
}

export function GiveModal({ giving, data, onClose }: GiveProps) {
  const { t } = useTranslation('staff')
  const of = giving?.of ?? null
  return (
    <Modal
      open={giving !== null}
      title={of === null ? t('give.title') : t('give.handOver', { name: of.name })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      {giving === null || data === null ? null : <Give of={of} data={data} onClose={onClose} />}
    </Modal>
  )
}

const kinds = ['rules', 'team', 'staff'] as const
type Kind = (typeof kinds)[number]

/** The way as it stands in the form; null until it says to whom. */
function wayOf(kind: Kind, to: string | null): GivingWay | null {
  if (kind === 'rules') return { kind }
  if (to === null) return null
  return kind === 'staff' ? { kind, staff: to } : { kind, team: to }
}

/** First how, then how many each would get, then the button. */
function Give({ of, data, onClose }: { of: StaffMember | null; data: StaffList; onClose: () => void }) {
  const { t } = useTranslation('staff')
  const notice = useNotice()
  const [kind, setKind] = useState<Kind>('rules')
  const [to, setTo] = useState<string | null>(null)
  const [audience, setAudience] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const [leaves, setLeaves] = useState(true)
  const way = wayOf(kind, to)
  const path = of === null ? '/owners' : `/staff/${encodeURIComponent(of.id)}/hand-over`
  const body = of === null ? { way, audience, only: all ? 'all' : 'unowned' } : { way, leaves }
  const preview = useMutation({ mutationFn: () => api.post(`${path}/preview`, givingPreview, body) })
  const give = useMutation({
    mutationFn: () => api.post(of === null ? `${path}/assign` : path, givingBegun, body),
    onSuccess: async ({ customers }) => {
      onClose()
      notice.done(t('give.begun', { count: customers }))
      await refresh('/staff')
    },
  })
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value)
      preview.reset()
    }
  const failed = preview.error ?? give.error
  return (
    <div className={styles.give}>
      {failed ? <ProblemAlert problem={asProblem(failed)} /> : null}
      {of === null ? (
        <Whom audience={audience} onAudience={changed(setAudience)} all={all} onAll={changed(setAll)} />
      ) : null}
      <Radio.Group
        value={kind}
        onChange={({ target }) => {
          changed(setKind)(target.value as Kind)
          setTo(null)
        }}
        options={kinds.map((one) => ({ value: one, label: t(`give.ways.${one}`) }))}
      />
      <Target kind={kind} to={to} data={data} without={of?.id ?? null} onChange={changed(setTo)} />
      {of === null ? null : (
        <Checkbox checked={leaves} onChange={({ target }) => setLeaves(target.checked)}>
          {t('give.leaves', { name: of.name })}
        </Checkbox>
      )}
      {preview.data === undefined ? (
        <Button
          block
          disabled={way === null}
          loading={preview.isPending}
          onClick={() => preview.mutate()}
          data-testid="give-preview"
        >
          {t('give.preview')}
        </Button>
      ) : (
        <>
          <Preview preview={preview.data} />
          <Button
            block
            type="primary"
            loading={give.isPending}
            onClick={() => give.mutate()}
            data-testid="give-confirm"
          >
            {of === null
              ? t('give.confirm', { count: preview.data.customers })
              : t('give.confirmHandOver', { count: preview.data.customers })}
          </Button>
        </>
      )}
    </div>
  )
}

interface WhomProps {
  audience: string | null
  onAudience: (audience: string | null) => void
  all: boolean
  onAll: (all: boolean) => void
}

function Whom({ audience, onAudience, all, onAll }: WhomProps) {
  const { t } = useTranslation('staff')
  const format = useFormat()
  const audiences = useApiQuery('/audiences', audienceList).data?.audiences ?? []
  return (
    <>
      <Select
        allowClear
        value={audience}
        placeholder={t('give.everybody')}
        aria-label={t('give.everybody')}
        showSearch={{ optionFilterProp: 'label' }}
        options={audiences.map(({ key, name }) => ({ value: key, label: format.text(name) }))}
        onChange={(value: string | null | undefined) => onAudience(value ?? null)}
      />
      <Checkbox checked={all} onChange={({ target }) => onAll(target.checked)}>
        {t('give.alsoOwned')}
      </Checkbox>
    </>
  )
}

interface TargetProps {
  kind: Kind
  to: string | null
  data: StaffList
  /** Who gives them away. */
  without: string | null
  onChange: (to: string | null) => void
}

function Target({ kind, to, data: { staff, teams }, without, onChange }: TargetProps) {
  const { t } = useTranslation('staff')
  if (kind === 'rules') return null
  const options =
    kind === 'team'
      ? teams.map(({ id, name }) => ({ value: id, label: name }))
      : staff
          .filter(({ id, active }) => active && id !== without)
          .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Select
      value={to}
      options={options}
      placeholder={t(`give.to.${kind}`)}
      aria-label={t(`give.to.${kind}`)}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(value: string) => onChange(value)}
      data-testid="give-to"
    />
  )
}

function Preview({ preview: { customers, counted, tasks, staff, nobody } }: { preview: GivingPreview }) {
  const { t } = useTranslation('staff')
  const format = useFormat()
  return (
    <section className={styles.preview} data-testid="give-counts">
      <p>{t('give.counts', { customers: format.count(customers), tasks: format.count(tasks) })}</p>
      <ul>
        {staff.map((one) => (
          <li key={one.id}>
            <span>{one.name}</span>
            <b>{format.count(one.customers)}</b>
          </li>
        ))}
        {nobody > 0 ? (
          <li>
            <span>{t('give.nobody')}</span>
            <b>{format.count(nobody)}</b>
          </li>
        ) : null}
      </ul>
      {counted < customers ? <p>{t('give.sampled', { counted: format.count(counted) })}</p> : null}
    </section>
  )
}
