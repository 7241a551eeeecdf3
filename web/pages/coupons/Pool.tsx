import { useMutation } from '@tanstack/react-query'
import { Alert, Button, InputNumber, Upload } from 'antd'
import { FileUp, Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CodesAnswer, codesAnswer, type KeptCoupon } from '../../../shared/api/coupons.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './coupons.module.css'

/** Fills the pool: by a file, or with codes that are made. */
export function Pool({ kept: { coupon } }: { kept: KeptCoupon }) {
  const { t } = useTranslation('coupons')
  const [count, setCount] = useState(1000)
  const fill = useMutation({
    mutationFn: (brought: File | number) => {
      if (typeof brought === 'number')
        return api.post(`/coupons/${coupon.key}/codes`, codesAnswer, { make: brought })
      const form = new FormData()
      form.set('file', brought)
      return api.post(`/coupons/${coupon.key}/codes/file`, codesAnswer, form)
    },
    onSettled: () => refresh('/coupons'),
  })
  return (
    <Panel title={t('pool.title')}>
      <p className={styles.note}>{t('pool.about')}</p>
      <Upload
        accept=".csv,.txt,text/csv,text/plain"
        showUploadList={false}
        disabled={fill.isPending}
        beforeUpload={(file) => {
          fill.mutate(file)
          return false
        }}
      >
        <Button icon={<FileUp size={14} />} loading={fill.isPending}>
          {t('pool.file')}
        </Button>
      </Upload>
      <div className={styles.make}>
        <InputNumber
          min={1}
          max={1_000_000}
          precision={0}
          controls={false}
          aria-label={t('pool.count')}
          value={count}
          onChange={(next) => setCount(next ?? 1)}
        />
        <Button
          icon={<Sparkles size={14} />}
          disabled={fill.isPending}
          onClick={() => fill.mutate(count)}
          data-testid="make-codes"
        >
          {t('pool.make')}
        </Button>
      </div>
      <div className={styles.life}>
        {fill.error ? <ProblemAlert problem={asProblem(fill.error)} /> : null}
        {fill.data === undefined ? null : <Filled answer={fill.data} />}
      </div>
    </Panel>
  )
}

/** What became of the codes that were brought. */
function Filled({ answer: { added, duplicates, malformed, bad, remaining } }: { answer: CodesAnswer }) {
  const { t } = useTranslation('coupons')
  const format = useFormat()
  const left = duplicates + malformed
  return (
    <Alert
      type={left === 0 ? 'success' : 'warning'}
      showIcon
      title={t('pool.added', { added: format.count(added), remaining: format.count(remaining) })}
      description={
        left === 0 ? null : (
          <>
            {t('pool.leftOut', { count: left })}
            <ul className={styles.bad}>
              {bad.map(({ line, code, reason }) => (
                <li key={line}>
                  {t('pool.line', { line })} <code>{code}</code> {t(`pool.reasons.${reason}`)}
                </li>
              ))}
              {left > bad.length ? <li>{t('pool.more', { count: left - bad.length })}</li> : null}
            </ul>
          </>
        )
      }
      data-testid="codes-added"
    />
  )
}
