import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input, Popconfirm, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dkimAnswer, dkimCheck } from '../../../shared/api/dkim.ts'
import { parseMailbox } from '../../../shared/channels/mailbox.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import styles from './DkimPanel.module.css'

const path = '/settings/channels/email/dkim'
const alerts = { found: 'success', differs: 'error', missing: 'warning', unreachable: 'info' } as const

/** Signing e-mail: a key made here, the record to publish, and whether it is there. */
export function DkimPanel({ from }: { from: string }) {
  const { t } = useTranslation('settings')
  const query = useApiQuery(path, dkimAnswer)
  const record = query.data?.record ?? null
  const usual = parseMailbox(from)?.address.split('@').at(-1) ?? ''
  const [typed, setTyped] = useState<{ domain?: string; selector?: string }>({})
  const asked = { domain: typed.domain ?? usual, selector: typed.selector ?? 'magpie' }
  const make = useMutation({
    mutationFn: () => api.post(path, dkimAnswer, asked),
    onSuccess: () => refresh('/settings/'),
  })
  const check = useMutation({ mutationFn: () => api.post(`${path}/check`, dkimCheck) })
  const problem = make.error ?? check.error
  return (
    <section className={styles.panel} data-testid="dkim">
      <h3>{t('dkim.title')}</h3>
      <p>{t('dkim.about')}</p>
      {record === null ? null : (
        <dl className={styles.record}>
          <dt>{t('dkim.name')}</dt>
          <dd>
            <Typography.Text copyable code>
              {record.name}
            </Typography.Text>
          </dd>
          <dt>{t('dkim.type')}</dt>
          <dd>{record.type}</dd>
          <dt>{t('dkim.value')}</dt>
          <dd>
            <Typography.Text copyable code className={styles.value ?? ''}>
              {record.value}
            </Typography.Text>
          </dd>
        </dl>
      )}
      <div className={styles.row}>
        <Input
          value={asked.selector}
          aria-label={t('dkim.selector')}
          addonAfter={`._domainkey.`}
          onChange={({ target }) => setTyped({ ...typed, selector: target.value })}
        />
        <Input
          value={asked.domain}
          aria-label={t('dkim.domain')}
          onChange={({ target }) => setTyped({ ...typed, domain: target.value })}
        />
        {record === null ? (
          <Button loading={make.isPending} onClick={() => make.mutate()} data-testid="dkim-make">
            {t('dkim.make')}
          </Button>
        ) : (
          <>
            <Button
              type="primary"
              loading={check.isPending}
              onClick={() => check.mutate()}
              data-testid="dkim-check"
            >
              {t('dkim.check')}
            </Button>
            <Popconfirm title={t('dkim.anewAsk')} onConfirm={() => make.mutate()}>
              <Button loading={make.isPending}>{t('dkim.anew')}</Button>
            </Popconfirm>
          </>
        )}
      </div>
      {check.data === undefined ? null : (
        <Alert type={alerts[check.data.state]} showIcon title={t(`dkim.states.${check.data.state}`)} />
      )}
      {problem === null ? null : <ProblemAlert problem={asProblem(problem)} />}
    </section>
  )
}
