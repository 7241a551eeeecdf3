import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { z } from 'zod'
import type { CustomerAnswer } from '../../../../shared/api/customers.ts'
import { type Identifier, identifier } from '../../../../shared/api/persons.ts'
import { kindRules } from '../../../../shared/persons/kinds.ts'
import { api, queryString } from '../../../api/client.ts'
import { refresh, useApiQuery } from '../../../api/query.ts'
import { useBrandPath } from '../../../api/useBrandPath.ts'
import { Panel } from '../../../ui/Page.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNotice } from '../../../ui/useNotice.tsx'
import { AddIdentifier } from './AddIdentifier.tsx'
import styles from './Identifiers.module.css'

const list = z.object({ identifiers: z.array(identifier), formerIds: z.array(z.string()) })

/** By what a customer is known besides id and addresses, and under which ids before. */
export function IdentifiersPanel({ data }: { readonly data: Pick<CustomerAnswer, 'customer'> }) {
  const customerId = data.customer.id
  const { t } = useTranslation('persons')
  const path = useBrandPath()
  const query = useApiQuery(`/customers/${encodeURIComponent(customerId)}/identifiers`, list)
  const [adding, setAdding] = useState(false)
  const { identifiers = [], formerIds = [] } = query.data ?? {}
  return (
    <Panel
      title={t('identifiers.title')}
      extra={
        <Button size="small" onClick={() => setAdding(true)} data-testid="add-identifier">
          {t('identifiers.add')}
        </Button>
      }
    >
      {identifiers.length === 0 ? <p className={styles.note}>{t('identifiers.none')}</p> : null}
      <ul className={styles.list}>
        {identifiers.map((one) => (
          <One key={`${one.kind}:${one.scope}:${one.value}`} one={one} customerId={customerId} />
        ))}
      </ul>
      {formerIds.length === 0 ? null : (
        <p className={styles.note}>
          {t('identifiers.former')} {formerIds.join(', ')}
        </p>
      )}
      <Link to={path('customers/duplicates')} className={styles.note}>
        {t('identifiers.see')}
      </Link>
      <AddIdentifier customerId={customerId} open={adding} onClose={() => setAdding(false)} />
    </Panel>
  )
}

function One({ one, customerId }: { one: Identifier; customerId: string }) {
  const { t } = useTranslation('persons')
  const format = useFormat()
  const notice = useNotice()
  const { kind, scope, value, verified, lastSeen } = one
  const words = format.text(kindRules[kind].words)
  const remove = async () => {
    const place = [customerId, 'identifiers', kind, value].map(encodeURIComponent).join('/')
    try {
      await api.delete(`/customers/${place}${queryString({ scope })}`, z.undefined())
      notice.done(t('identifiers.removed'))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      await refresh('/customers')
    }
  }
  return (
    <li className={styles.one}>
      <span className={styles.words}>
        <small>{scope === '' ? words : `${words} · ${scope}`}</small>
        <span>{value}</span>
        <small>
          <StatusDot tone={verified ? 'good' : 'quiet'}>
            {t(verified ? 'identifiers.isVerified' : 'identifiers.unverified')}
          </StatusDot>{' '}
          {t('identifiers.seen', { at: format.time(lastSeen) })}
        </small>
      </span>
      <Button
        size="small"
        type="text"
        onClick={() => void remove()}
        aria-label={`${t('identifiers.remove')} ${words} ${value}`}
      >
        {t('identifiers.remove')}
      </Button>
    </li>
  )
}
