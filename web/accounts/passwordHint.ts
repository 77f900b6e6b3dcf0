/** How a good password is found, wherever one is set. */
export const PASSWORD_HINT =
  '至少 8 位。几个互不相干的词连起来，中间夹数字或符号；不用单位、姓名、生日、电话。'
