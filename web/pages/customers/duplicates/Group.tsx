import { App, Button, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { z } from 'zod'
import { type Candidate, type DuplicateGroup, mergeAnswer } from '../../../../shared/api/persons.ts'
import { limits } from '../../../../shared/limits.ts'
import { kindRules } from '../../../../shared/persons/kinds.ts'
import { api } from '../../../api/client.ts'
import { refresh } from '../../../api/query.ts'
import { useBrandPath } from '../../../api/useBrandPath.ts'
import { When } from '../../../ui/figures.tsx'
import { Panel } from '../../../ui/Page.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNotice } from '../../../ui/useNotice.tsx'
import { useCustomerName } from '../../customer-name.ts'
import styles from './Duplicates.module.css'

type Field = Exclude<keyof Candidate, 'id' | 'name'>

const fields = [
  'phone',
  'email',
  'city',
  'birthday',
  'registeredAt',
  'orders',
  'lastEventAt',
  'running',
  'verified',
] as const satisfies readonly Field[]

/** Some customers who may be one, a column each: which stands, and what becomes of the others. */
export function Group({ group }: { group: DuplicateGroup }) {
  const { t } = useTranslation('persons')
  const format = useFormat()
  const nameOf = useCustomerName()
  const path = useBrandPath()
  const { kind, hint, why, customers, total } = group
  const [chosen, setChosen] = useState(customers[0]?.id)
  const stands = customers.find(({ id }) => id === chosen) ?? customers[0]
  const words = format.text(kindRules[kind].words)
  if (stands === undefined) return null
  return (
    <Panel title={`${words} ${hint}`} extra={<Apart customers={customers} />}>
      <p className={styles.why}>{t(`why.${why}`, { kind: words, count: total })}</p>
      <div className={styles.scroll}>
        <table className={styles.table} data-testid="duplicate-group">
          <thead>
            <tr>
              <td />
              {customers.map(({ id, name }) => (
                <th key={id} scope="col">
                  <Radio
                    checked={id === stands.id}
                    onChange={() => setChosen(id)}
                    aria-label={`${t('field.stands')} ${nameOf(id, name)}`}
                  />
                  <Link to={path(`customers/${encodeURIComponent(id)}`)}>{nameOf(id, name)}</Link>
                  <span className={styles.id}>{id}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">{t(`field.${field}`)}</th>
                {customers.map((one) => (
                  <td
                    key={one.id}
                    className={differs(one[field], stands[field]) ? styles.differs : undefined}
                  >
                    <Value field={field} one={one} />
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <td />
              {customers.map((one) => (
                <td key={one.id}>
                  {one.id === stands.id ? t('field.stands') : <MergeButton from={one} into={stands} />}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      {total > customers.length ? (
        <p className={styles.shown}>{t('waiting.shown', { shown: customers.length, total })}</p>
      ) : null}
    </Panel>
  )
}

const differs = (one: unknown, other: unknown) => one !== null && other !== null && one !== other

function Value({ field, one }: { field: Field; one: Candidate }): ReactNode {
  const { t } = useTranslation('persons')
  const format = useFormat()
  if (field === 'orders' || field === 'running') return format.count(one[field])
  if (field === 'verified') return t(one.verified ? 'yes' : 'no')
  if (field === 'registeredAt' || field === 'lastEventAt') {
    const at = one[field]
    return at === null ? t('none') : <When at={at} />
  }
  return one[field] ?? t('none')
}

function MergeButton({ from, into }: { from: Candidate; into: Candidate }) {
  const { t } = useTranslation('persons')
  const { modal } = App.useApp()
  const notice = useNotice()
  const nameOf = useCustomerName()
  const names = { from: nameOf(from.id, from.name), into: nameOf(into.id, into.name) }
  const merge = () =>
    modal.confirm({
      title: t('confirm.title', names),
      content: t('confirm.text', { ...names, days: limits.mergeUndo.value }),
      okText: t('confirm.ok'),
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          await api.post('/customers/merge', mergeAnswer, { from: from.id, into: into.id })
          notice.done(t('done'))
        } catch (problem) {
          notice.problem(problem)
        }
        await Promise.all([refresh('/duplicates'), refresh('/merges'), refresh('/customers')])
      },
    })
  return (
    <Button size="small" onClick={merge} data-testid="merge-into">
      {t('merge', { name: names.into })}
    </Button>
  )
}

function Apart({ customers }: { customers: readonly Candidate[] }) {
  const { t } = useTranslation('persons')
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const apart = async () => {
    setBusy(true)
    try {
      await api.post('/duplicates/apart', z.undefined(), { customers: customers.map(({ id }) => id) })
      notice.done(t('apartDone'))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
      await refresh('/duplicates')
    }
  }
  return (
    <Button loading={busy} onClick={() => void apart()} data-testid="keep-apart">
      {t('apart')}
    </Button>
  )
}
