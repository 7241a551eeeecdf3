import { staffList } from '../../../shared/api/staff.ts'
import { useApiQuery } from '../../api/query.ts'

/** Staff and teams; asked again soon while customers are being given away. */
export function useStaff() {
  return useApiQuery('/staff', staffList, {
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? 1500 : false),
  })
}
