import { Button } from 'antd'
import { TicketPercent } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { heldCodes } from '../../../shared/api/coupons.ts'
import { asProblem } from '../../api/problem.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { HeldTable } from '../coupons/HeldTable.tsx'
import type { PartProps } from './panels.tsx'

/** The coupons that the customer has got, the latest first, and how each stands. */
export function Coupons({ data: { customer } }: PartProps) {
  const { t } = useTranslation('customers')
  const pages = usePages(`/customers/${encodeURIComponent(customer.id)}/coupons`, heldCodes, {}, 'before')
  const codes = pages.data?.pages.flatMap((page) => page.codes) ?? []
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <TableSkeleton rows={4} />
  if (codes.length === 0)
    return <EmptyState icon={TicketPercent} title={t('coupons.empty.title')} text={t('coupons.empty.text')} />
  return (
    <>
      <HeldTable codes={codes} of="customer" />
      {pages.hasNextPage ? (
        <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('earlier')}
        </Button>
      ) : null}
    </>
  )
}
