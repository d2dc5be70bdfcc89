# Nearest neighbours one to one by MatchIt, its own logistic regression included. usage: TABLE.csv RUNS
suppressMessages(library(MatchIt))
asked <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(asked[1])
covariates <- grep("^x", names(rows), value = TRUE)
model <- reformulate(covariates, "treated")
small <- matchit(model, data = rows[seq(1, nrow(rows), 20), ], method = "nearest")
seconds <- c()
while (length(seconds) < as.integer(asked[2]) && sum(seconds) < 15) {
  seconds <- c(seconds, system.time(found <- matchit(model, data = rows, method = "nearest"))[["elapsed"]])
}
kept <- found$weights > 0
x <- as.matrix(rows[covariates])
helped <- rows$treated == 1
spread <- sqrt((apply(x[helped, ], 2, var) + apply(x[!helped, ], 2, var)) / 2)
apart <- max(abs(colMeans(x[kept & helped, ]) - colMeans(x[kept & !helped, ])) / spread)
cat(sprintf('{"seconds": [%s], "pairs": %d, "apart": %.6f}\n', paste(seconds, collapse = ", "), sum(kept & helped), apart))
