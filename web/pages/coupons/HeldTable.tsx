import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { HeldCode } from '../../../shared/api/coupons.ts'
import { sayTerms } from '../../../shared/coupons/say.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { When } from '../../ui/figures.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { CodeStateTag } from './CodeStateTag.tsx'
import styles from './coupons.module.css'

/** Codes that were handed out: of a coupon, or of a customer. */
export function HeldTable({ codes, of }: { codes: readonly HeldCode[]; of: 'coupon' | 'customer' }) {
  const { t } = useTranslation('coupons')
  const { locale } = useLocale()
  const format = useFormat()
  const path = useBrandPath()
  const customer: TableColumnsType<HeldCode> = [
    {
      title: t('codes.customer'),
      key: 'customer',
      render: (_, { customerId }) => (
        <Link to={path(`customers/${encodeURIComponent(customerId)}?tab=coupons`)}>{customerId}</Link>
      ),
    },
  ]
  const coupon: TableColumnsType<HeldCode> = [
    {
      title: t('columns.name'),
      key: 'coupon',
      render: (_, { coupon: key, name, ...worth }) => (
        <>
          {key === null ? format.text(name) : <Link to={path(`coupons/${key}`)}>{format.text(name)}</Link>}
          <div className={styles.key}>
            {sayTerms(worth, locale, format.currency)}
            {key === null ? ` · ${t('journeyMade')}` : ''}
          </div>
        </>
      ),
    },
  ]
  const columns: TableColumnsType<HeldCode> = [
    {
      title: t('codes.code'),
      dataIndex: 'code',
      width: 170,
      render: (code: string) => <span className={styles.code}>{code}</span>,
    },
    ...(of === 'coupon' ? customer : coupon),
    {
      title: t('codes.state'),
      dataIndex: 'state',
      width: 120,
      render: (state: HeldCode['state']) => <CodeStateTag state={state} />,
    },
    { title: t('codes.issued'), dataIndex: 'issuedAt', width: 150, render: (at: number) => <When at={at} /> },
    {
      title: t('codes.expires'),
      dataIndex: 'expiresAt',
      width: 130,
      // The last moment at which it is valid.
      render: (at: number) => <When at={at - 1} style="date" />,
    },
    {
      title: t('codes.order'),
      dataIndex: 'orderId',
      width: 150,
      ellipsis: true,
      render: (id: string | null) => id ?? '–',
    },
  ]
  return (
    <Table
      rowKey="code"
      size="small"
      columns={columns}
      dataSource={[...codes]}
      pagination={false}
      scroll={{ x: 860 }}
      data-testid="held-codes"
    />
  )
}
